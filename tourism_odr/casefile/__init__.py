"""The page of a case for everybody in it: where it stands, what is to do, what happened, files, papers, dates."""
