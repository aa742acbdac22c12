"""What is left to do with files when a restore was stopped; else the restore does it itself."""

from __future__ import annotations

from community.backups import placing
from community.core.jobs import job

job(placing.FORGET)(placing.forget_files)
job(placing.SWAP)(placing.swap_files)
