"""The checks of what is written before it is public: pure rules, one table, and their sentences."""
