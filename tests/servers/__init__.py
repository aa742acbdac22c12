"""Real servers for tests, from wheels: nothing has to be installed on the machine."""
