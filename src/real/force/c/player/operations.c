/* The operations of a plan, each as the system call that it stands for. They return what it returned, or -errno. */

/* All threads share the memory that errno lies in, so calls are made without it: what comes back is -errno. */
static long call(long number, long a, long b, long c, long d)
{
	register long fourth __asm__("r10") = d;
	long ret;

	__asm__ volatile("syscall" : "=a"(ret) : "0"(number), "D"(a), "S"(b), "d"(c), "r"(fourth) : "rcx", "r11", "memory");
	return ret;
}

/*
 * Memory is mapped before the threads start: one that is held in a page fault holds mmap_lock, and they share it.
 * A write's source lies in memory of a file of its own, so that a page of it can be taken away and comes back whole. Its
 * pages begin where a copy is to be cut short, or where the source cannot be read any more; else where the file's do.
 */
static void make_source(struct op *op)
{
	long length = op->to - op->from;
	long edge = op->cut >= 0 ? op->cut : op->fault_at >= 0 ? op->fault_at : -1;
	long shift = edge < 0 ? op->from % PAGE : (PAGE - (edge - op->from) % PAGE) % PAGE;
	long readable = op->fault_at < 0 ? length : op->fault_at - op->from;
	size_t whole = (size_t)((shift + length + 2 * PAGE) / PAGE * PAGE);
	int memory = memfd_create("source", 0);
	char *start;

	if (memory < 0 || ftruncate(memory, (off_t)whole))
		die("memfd");
	start = mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
	if (start == MAP_FAILED)
		die("mmap of a source");
	close(memory);
	memset(start, (int)op->value, whole);
	/* not unmapped: others map, too */
	if (op->fault_at >= 0 && mprotect(start + (shift + readable), whole - (size_t)(shift + readable), PROT_NONE))
		die("mprotect");
	op->source = start + shift;
	op->source_length = whole;
}

static void drop_source(struct op *op)
{
	if (op->source != NULL)
		munmap(op->source - (unsigned long)op->source % PAGE, op->source_length);
	op->source = NULL;
}

static char *new_memory(size_t size)
{
	char *start = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	if (start == MAP_FAILED)
		die("memory");
	return start;
}

static struct thread *current_thread(void)
{
	pid_t pid = getpid();

	for (int i = 0; i < thread_count; i++)
		if (threads[i].pid == pid)
			return &threads[i];
	return &alone;
}

/* siglongjmp() would run what the C library has noted to be cleaned up, in memory that all threads share. */
static void on_bus(int signal)
{
	(void)signal;
	__builtin_longjmp(current_thread()->bus, 1);
}

static void catch_bus(void)
{
	struct sigaction action = { .sa_handler = on_bus, .sa_flags = SA_NODEFER };

	if (sigaction(SIGBUS, &action, NULL))
		die("sigaction");
}

/* Byte by byte, in ascending order. */
static long access_map(struct thread *t, const struct op *op)
{
	volatile char *at = mapped + op->from, *end = mapped + op->to;

	if (__builtin_setjmp(t->bus))
		return -1000;
	if (!strcmp(op->kind, "store"))
		for (; at < end; at++)
			*at = (char)op->value;
	else
		for (; at < end; at++)
			t->buffer[at - (mapped + op->from)] = *at;
	return 0;
}

static long sync_range(int fd, const struct op *op, unsigned int flags)
{
	return call(SYS_sync_file_range, fd, op->from, op->to - op->from, flags);
}

/* fsync of a range is msync, which takes pages. */
static long fsync_range(int fd, const struct op *op)
{
	long from = op->from / PAGE * PAGE, to = (op->to + PAGE - 1) / PAGE * PAGE;

	if (op->from == 0 && op->to < 0)
		return call(SYS_fsync, fd, 0, 0, 0);
	return call(SYS_msync, (long)(mapped + from), to - from, MS_SYNC, 0);
}

static long read_range(struct thread *t, int fd, const struct op *op)
{
	long length = op->to - op->from;

	return call(SYS_pread64, fd, (long)t->buffer, length < MAPPED ? length : MAPPED, op->from);
}

static long allocate(int fd, const struct op *op, int mode)
{
	return call(SYS_fallocate, fd, mode | (op->value ? FALLOC_FL_KEEP_SIZE : 0), op->from, op->to - op->from);
}

static long evict(const struct op *op)
{
	char text[64];
	int length = snprintf(text, sizeof(text), "evict %ld %ld", op->from, op->to);
	long ret = call(SYS_write, device, (long)text, length, 0);

	return ret < 0 ? ret : 0;
}

static long do_op(struct thread *t, int fd, const struct op *op)
{
	const char *kind = op->kind;

	if (!strcmp(kind, "write"))
		return call(SYS_pwrite64, fd, (long)op->source, op->to - op->from, op->from);
	if (!strcmp(kind, "store") || !strcmp(kind, "load"))
		return access_map(t, op);
	if (!strcmp(kind, "read"))
		return read_range(t, fd, op);
	if (!strcmp(kind, "writeback"))
		return sync_range(fd, op, SYNC_FILE_RANGE_WRITE);
	if (!strcmp(kind, "sync_file_range"))
		return sync_range(fd, op, SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
				  SYNC_FILE_RANGE_WAIT_AFTER);
	if (!strcmp(kind, "fsync"))
		return fsync_range(fd, op);
	if (!strcmp(kind, "evict"))
		return evict(op);
	if (!strcmp(kind, "fadvise"))
		return call(SYS_fadvise64, fd, op->from, op->to - op->from, POSIX_FADV_DONTNEED);
	if (!strcmp(kind, "truncate"))
		return call(SYS_ftruncate, fd, op->to, 0, 0);
	if (!strcmp(kind, "fallocate"))
		return allocate(fd, op, 0);
	if (!strcmp(kind, "punch"))
		return call(SYS_fallocate, fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, op->from, op->to - op->from);
	if (!strcmp(kind, "zero"))
		return allocate(fd, op, FALLOC_FL_ZERO_RANGE);
	errno = EINVAL;
	die(kind);
	return 0;
}

/* One of the setup. */
static long run_op(struct thread *t, int fd, struct op *op)
{
	int writes = !strcmp(op->kind, "write");
	long ret;

	if (writes)
		make_source(op);
	ret = do_op(t, fd, op);
	if (writes)
		drop_source(op);
	return ret;
}

/* What the operations of a thread need. */
static void make_memory(struct thread *t)
{
	t->stack = new_memory(STACK);
	t->buffer = new_memory(MAPPED);
	for (int i = 0; i < t->ops; i++)
		if (!strcmp(t->op[i].kind, "write"))
			make_source(&t->op[i]);
}

static void drop_memory(struct thread *t)
{
	for (int i = 0; i < t->ops; i++)
		drop_source(&t->op[i]);
	munmap(t->buffer, MAPPED);
	munmap(t->stack, STACK);
}

/* What a load or a read has got, as runs of equal bytes. */
static void say_seen(const struct thread *t, const struct op *op, long ret)
{
	long length = !strcmp(op->kind, "load") && ret == 0 ? op->to - op->from : !strcmp(op->kind, "read") ? ret : 0;

	if (length <= 0)
		return;
	say("saw %s %d", t->name, t->now);
	for (long at = 0, end; at < length; at = end) {
		for (end = at; end < length && t->buffer[end] == t->buffer[at]; end++)
			;
		say(" %d*%ld", (unsigned char)t->buffer[at], end - at);
	}
	say("\n");
}

/* A process of its own, so that a signal is its own, with the memory of all. */
static int thread_main(void *argument)
{
	struct thread *t = argument;
	long ret = 0;

	if (tell("thread %s", t->name) < 0)
		die("thread");
	for (t->now = 0; t->now < t->ops; t->now++) {
		if (tell("next %ld", ret) < 0)
			_exit(1);
		ret = do_op(t, t->fd, &t->op[t->now]);
		say_seen(t, &t->op[t->now], ret);
	}
	tell("last %ld", ret);
	_exit(0);
}
