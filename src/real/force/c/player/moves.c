/* The moves of a plan, and what is said after each. */

static off_t log_at;

/* What the module has written down since the last time. */
static void say_log(void)
{
	char text[4000];
	ssize_t length;

	while ((length = pread(device, text, sizeof(text), log_at)) > 0) {
		if (write(1, text, (size_t)length) < 0)
			_exit(2);
		log_at += length;
	}
}

static void say_standings(int move, int stuck)
{
	say_log();
	for (int i = 0; i < standing_count; i++) {
		struct standing *s = &standings[i];

		say("is %s %s %d %u %ld %lx %lx %lx %lx %s\n", s->name, s->word, s->at, s->ops, s->ret, s->args[0],
		    s->args[1], s->args[2], s->args[3], s->why[0] ? s->why : "-");
	}
	say("%s", locks);
	say("%s %d\n", stuck ? "stuck" : "move", move);
}

static struct thread *thread_named(const char *name)
{
	for (int i = 0; i < thread_count; i++)
		if (!strcmp(threads[i].name, name))
			return &threads[i];
	return NULL;
}

static void kill_thread(const char *name)
{
	struct thread *t = thread_named(name);

	if (t)
		kill(t->pid, SIGKILL);
}

/* Takes from a write the source behind its cut, so that its copy comes up short there. */
static void cut_source(const char *name)
{
	struct thread *t = thread_named(name);
	struct op *op = t ? &t->op[t->now] : NULL;
	char *edge;

	if (!op || op->cut < 0 || !op->source)
		return;
	edge = op->source + (op->cut - op->from);
	madvise(edge, op->source_length - (size_t)(edge - (op->source - (unsigned long)op->source % PAGE)), MADV_DONTNEED);
}

/* One line of moves; returns 0 when all stand still after it. */
static int do_move(int *number, const char *line)
{
	char name[16];
	unsigned long long targets;
	int count, hook, n, failed, stuck;
	long value, from, to;

	/* no moves: where one that waits, or a kworker to come, is to stop, and what befalls one before it goes on */
	if (sscanf(line, "aim %15s %llx %d", name, &targets, &count) == 3)
		return tell("%s", line) < 0;
	if (sscanf(line, "kill %15s", name) == 1) {
		kill_thread(name);
		return 0;
	}
	if (sscanf(line, "cut %15s", name) == 1) {
		cut_source(name);
		return 0;
	}
	if (sscanf(line, "grant %15s %llx %d %d %ld", name, &targets, &count, &hook, &value) == 5)
		tell("%s", line);
	else if (sscanf(line, "bio %d %d", &n, &failed) == 2)
		tell("%s", line);
	else if (sscanf(line, "evict %ld %ld", &from, &to) == 2)
		tell("%s", line);
	else
		die(line);
	stuck = settle();
	say_standings(++*number, stuck);
	return stuck;
}
