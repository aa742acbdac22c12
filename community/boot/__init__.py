"""Starting the forum: checks, migrations, and the processes that make it up."""
