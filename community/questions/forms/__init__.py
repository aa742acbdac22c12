"""Forms for what people write. One module for each verb."""
