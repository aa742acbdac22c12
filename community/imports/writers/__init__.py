"""Writers: records of an old forum become rows of this one. Called by the services only."""
