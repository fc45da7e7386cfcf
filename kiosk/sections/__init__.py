"""The sections of the settings file, each beside what it is about; `kiosk.settings` puts them together."""
