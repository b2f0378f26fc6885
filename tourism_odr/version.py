"""The version of the service, as backups, health pages and documents state it."""

VERSION = "0.1.0"
