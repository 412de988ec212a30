"""Frameworks as YAML in the folder `frameworks`; stationeval reads them and runs no code of this package."""
