/*
 * When everybody stands still: no task can run but us, no I/O is in flight, and nobody of the plan sleeps but at a
 * point or in a wait that only somebody else can end. No time-out decides; one only gives up.
 */

/* What the module's ioctl tells. */
enum { STATE_OF_SLOTS = 0x5301, STATE_OF_HOOKS = 0x5302 };
enum { STATE = 8192, GIVE_UP_SECONDS = 20, QUIET_LOOKS = 3 };

struct standing {
	char name[16], word[12], why[240];
	int pid, at, granted;
	unsigned int ops;
	long ret;
	unsigned long args[4];
};

static struct standing standings[THREADS * 2];
static int standing_count, cpus;
static char state[STATE], locks[160];

static long in_flight(void)
{
	char text[64];
	long reads = 0, writes = 0;
	int length = (int)pread(flight, text, sizeof(text) - 1, 0);

	if (length > 0) {
		text[length] = 0;
		sscanf(text, "%ld %ld", &reads, &writes);
	}
	return reads + writes;
}

/* Whether a process is gone, and whether it sleeps. */
static char process_state(int pid)
{
	char path[40], text[512], *after;
	int fd, length;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return 'X';
	length = (int)read(fd, text, sizeof(text) - 1);
	close(fd);
	if (length <= 0)
		return 'X';
	text[length] = 0;
	after = strrchr(text, ')');
	return after ? after[2] : 'X';
}

/* Of a wait that ends by itself: for a timer, other CPUs, or the log and the disk's cache on their way to disk. */
static int ends_by_itself(const char *function)
{
	static const char *const parts[] = { "timeout", "sleep", "lru_add_drain", "xlog_", "xfs_log_force", "issue_flush" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strstr(function, parts[i]))
			return 1;
	return 0;
}

/* The functions that it sleeps in, innermost first, and whether it will go on by itself. */
static int why_asleep(int pid, char *why, int size)
{
	char path[40], text[4096], *line, *rest;
	int fd, length, used = 0, timed = 0;

	why[0] = 0;
	snprintf(path, sizeof(path), "/proc/%d/stack", pid);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return 0;
	length = (int)read(fd, text, sizeof(text) - 1);
	close(fd);
	text[length > 0 ? length : 0] = 0;
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		char name[64];

		if (sscanf(line, "[<%*[^>]>] %63[^+ ]", name) != 1)
			continue;
		if (ends_by_itself(name))
			timed = 1;
		if (used < size - 70)
			used += snprintf(why + used, (size_t)(size - used), "%s%s", used ? "<" : "", name);
	}
	return timed;
}

static void look(void)
{
	char *line, *rest;

	if (ioctl(device, STATE_OF_SLOTS, state) < 0)
		die("state");
	standing_count = 0;
	locks[0] = 0;
	for (line = strtok_r(state, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		struct standing *s = &standings[standing_count];

		if (sscanf(line, "cpus %d", &cpus) == 1)
			continue;
		if (!strncmp(line, "lock ", 5) && strlen(locks) + strlen(line) + 2 < sizeof(locks))
			strcat(strcat(locks, line), "\n");
		if (sscanf(line, "slot %15s %d %11s %d %d %u %ld %lx %lx %lx %lx", s->name, &s->pid, s->word, &s->at,
			   &s->granted, &s->ops, &s->ret, &s->args[0], &s->args[1], &s->args[2], &s->args[3]) == 11) {
			s->why[0] = 0;
			standing_count++;
		}
	}
}

/* One look at all: whether nothing can happen any more without us. */
static int is_quiet(void)
{
	int quiet = 1;

	look();
	if (cpus > 1 || in_flight() > 0)
		quiet = 0;
	for (int i = 0; quiet && i < standing_count; i++) {
		struct standing *s = &standings[i];

		if (strcmp(s->word, "running") && !s->granted)
			continue;
		if (s->granted && strcmp(s->word, "running") && strcmp(s->word, "done"))
			return 0;	/* let go, and not yet gone */
		if (!strcmp(s->word, "done"))
			continue;
		switch (process_state(s->pid)) {
		case 'X':
		case 'Z':
			strcpy(s->word, "gone");
			break;
		case 'S':
		case 'D':
		case 'I':
			if (why_asleep(s->pid, s->why, sizeof(s->why)))
				quiet = 0;
			/* a kworker without work has done it */
			if (strstr(s->why, "worker_thread<kthread") == s->why)
				strcpy(s->word, "done");
			else
				strcpy(s->word, "waits");
			break;
		default:
			quiet = 0;
		}
	}
	return quiet;
}

/* Returns 0 when all stand still, -1 when that does not come. */
static int settle(void)
{
	struct timespec start, now;
	int quiet = 0;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (;;) {
		quiet = is_quiet() ? quiet + 1 : 0;
		if (quiet == QUIET_LOOKS)
			return 0;
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (now.tv_sec - start.tv_sec > GIVE_UP_SECONDS)
			return -1;
		usleep(quiet ? 50 : 150);
	}
}
