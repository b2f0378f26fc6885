"""Pages, notices and documents; a package, so that wheels and editable installs find them alike."""
