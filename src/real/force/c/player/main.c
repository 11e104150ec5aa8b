/* Reads plans and plays them, one after the other, each on a file of its own. */

static void read_op(struct op *op, const char *line)
{
	int flags;

	memset(op, 0, sizeof(*op));
	if (sscanf(line, "op %19s %ld %ld %ld %ld %ld %ld %d", op->kind, &op->from, &op->to, &op->value, &op->fault_at,
		   &op->cut, &op->target, &flags) != 8)
		die(line);
	op->flags = flags;
}

static void open_file(const char *dir, int number, long size)
{
	snprintf(path, sizeof(path), "%s/plan-%d", dir, number);
	file = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
	if (file < 0 || ftruncate(file, size) || fsync(file))
		die(path);
	posix_fadvise(file, 0, 0, POSIX_FADV_RANDOM);
	mapped = mmap(NULL, MAPPED, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (mapped == MAP_FAILED || madvise(mapped, MAPPED, MADV_RANDOM))
		die("mmap");
	for (int i = 0; i < thread_count; i++) {
		struct thread *t = &threads[i];

		t->fd = t->own ? open(path, O_RDWR) : file;
		posix_fadvise(t->fd, 0, 0, POSIX_FADV_RANDOM);
	}
}

static void start(void)
{
	if (tell("file %d", file) < 0)
		die("file");
	if (!alone.buffer)
		alone.buffer = new_memory(MAPPED);
	for (int i = 0; i < thread_count; i++)
		make_memory(&threads[i]);
	for (int i = 0; i < setup_count; i++) {
		say("setup %d %ld\n", i, run_op(&alone, file, &setup[i]));
		settle();
	}
	if (tell("begin") < 0)
		die("begin");
	log_at = 0;
	for (int i = 0; i < thread_count; i++) {
		struct thread *t = &threads[i];

		t->pid = clone(thread_main, t->stack + STACK, CLONE_VM | CLONE_FILES | CLONE_FS | SIGCHLD, t);
		if (t->pid < 0)
			die("clone");
		if (settle())
			die("a thread does not start");
	}
	say_standings(0, 0);
}

/* Somebody who never ends takes the rest of the boot with it; whoever asked plays the next plans in another. */
static void wait_for(const struct thread *t)
{
	for (int i = 0; waitpid(t->pid, NULL, WNOHANG) == 0; i++) {
		if (i == GIVE_UP_SECONDS * 1000) {
			errno = ETIMEDOUT;
			die(t->name);
		}
		usleep(i < 1000 ? 100 : 1000);
	}
}

static void finish(void)
{
	tell("free");
	for (int i = 0; i < thread_count; i++)
		if (threads[i].pid > 0)
			wait_for(&threads[i]);
	settle();
	say_log();
	say_extents("extents");
	say_contents("cache");
	say("fsync %ld\n", call(SYS_fsync, file, 0, 0, 0));
	tell("evict 0 %d", MAPPED);
	say_contents("disk");
	say_extents("after");
	tell("end");
	munmap(mapped, MAPPED);
	for (int i = 0; i < thread_count; i++) {
		if (threads[i].own)
			close(threads[i].fd);
		drop_memory(&threads[i]);
	}
	close(file);
	unlink(path);
}

/* Plays one plan; the next line is that behind it. */
static void play(FILE *plans, int number, const char *dir)
{
	char line[LINE];
	long size = 0;
	int moves = 0, started = 0, stuck = 0;
	struct thread *t = NULL;

	thread_count = setup_count = 0;
	memset(threads, 0, sizeof(threads));
	while (fgets(line, sizeof(line), plans)) {
		line[strcspn(line, "\n")] = 0;
		if (!strcmp(line, "end"))
			break;
		if (sscanf(line, "size %ld", &size) == 1)
			continue;
		if (!strncmp(line, "thread ", 7)) {
			t = &threads[thread_count++];
			if (sscanf(line, "thread %15s %d", t->name, &t->own) != 2)
				die(line);
		} else if (!strncmp(line, "op ", 3)) {
			read_op(t ? &t->op[t->ops++] : &setup[setup_count++], line);
		} else if (!strcmp(line, "start")) {
			open_file(dir, number, size);
			start();
			started = 1;
		} else if (started && !stuck)
			stuck = do_move(&moves, line);
	}
	if (started)
		finish();
}

/* What the kernel says from here on, it says of this plan. */
static void mark(const char *name)
{
	char text[LINE + 20];
	int length = snprintf(text, sizeof(text), "stalemap plan %s\n", name);
	int log = open("/dev/kmsg", O_WRONLY);

	if (log < 0 || write(log, text, (size_t)length) < 0)
		die("kmsg");
	close(log);
}

static void add_hooks(const char *path)
{
	char line[LINE];
	FILE *hooks = fopen(path, "r");

	if (!hooks)
		die(path);
	while (fgets(line, sizeof(line), hooks)) {
		line[strcspn(line, "\n")] = 0;
		if (tell("%s", line) < 0)
			die(line);
	}
	fclose(hooks);
	if (ioctl(device, STATE_OF_HOOKS, state) < 0)
		die("hooks");
	say("%s", state);
}

int main(int count, char **words)
{
	char line[LINE], name[LINE];
	FILE *plans;
	int number = 0;

	if (count != 5)
		return 2;
	catch_bus();
	device = open("/dev/stalemap_hold", O_RDWR);
	flight = open(words[4], O_RDONLY);
	plans = fopen(words[2], "r");
	if (device < 0 || flight < 0 || !plans)
		die("open");
	add_hooks(words[1]);
	while (fgets(line, sizeof(line), plans))
		if (sscanf(line, "plan %255s", name) == 1) {
			say("@P plan %s\n", name);
			mark(name);
			play(plans, number++, words[3]);
			say("@P played %s\n", name);
		}
	return 0;
}
