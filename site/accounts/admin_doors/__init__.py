"""Who may open which page of the Wagtail admin: a door that is not declared here is shut to everybody."""
