"""Tables of moderation. Each module is imported here, so that the database knows its tables."""

import community.moderation.models.appeals
import community.moderation.models.bulk
import community.moderation.models.checks
import community.moderation.models.flags
import community.moderation.models.items
import community.moderation.models.learning
import community.moderation.models.measures
import community.moderation.models.notices
import community.moderation.models.rules
import community.moderation.models.words  # noqa: F401
