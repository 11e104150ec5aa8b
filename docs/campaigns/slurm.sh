#!/bin/sh
# sbatch --export=ALL,PGHOST=db,PGDATABASE=fuzz slurm.sh nightly
#SBATCH --job-name=stalemap
#SBATCH --array=1-100
#SBATCH --cpus-per-task=8
#SBATCH --time=08:00:00
#SBATCH --signal=B:TERM@60
#SBATCH --requeue
cd "${STALEMAP_HOME:-/opt/stalemap}" || exit 128
# The worker hears the signal that comes before the time is over, and gives back what it has under way.
exec npx --no-install stalemap campaign work "${1:?name of the campaign}" --database env \
  --jobs "${SLURM_CPUS_PER_TASK:-1}" --quiet
