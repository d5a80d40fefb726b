"""The live session as a web server: one room, its doors per role, and what goes over the wire."""
