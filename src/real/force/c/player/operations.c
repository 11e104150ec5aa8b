/* The operations of a plan, each as the system call that it stands for. They return what it returned, or -errno. */

/* All threads share the memory that errno lies in, so calls are made without it: what comes back is -errno. */
static long call6(long number, long a, long b, long c, long d, long e, long f)
{
	register long fourth __asm__("r10") = d;
	register long fifth __asm__("r8") = e;
	register long sixth __asm__("r9") = f;
	long ret;

	__asm__ volatile("syscall" : "=a"(ret) : "0"(number), "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth), "r"(sixth)
			 : "rcx", "r11", "memory");
	return ret;
}

static long call(long number, long a, long b, long c, long d)
{
	return call6(number, a, b, c, d, 0, 0);
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

/* A call that takes pages of the mapping. */
static long of_pages(long number, const struct op *op, int flag)
{
	long from = op->from / PAGE * PAGE, to = (op->to + PAGE - 1) / PAGE * PAGE;

	return call(number, (long)(mapped + from), to - from, flag, 0);
}

/* fsync of a range is msync. */
static long fsync_range(int fd, const struct op *op)
{
	if (op->from == 0 && op->to < 0)
		return call(SYS_fsync, fd, 0, 0, 0);
	return of_pages(SYS_msync, op, MS_SYNC);
}

/* preadv2() or pwritev2(), for the sake of its flags. */
static long vector_call(long number, int fd, char *data, long length, long at, int flags)
{
	struct iovec piece = { .iov_base = data, .iov_len = (size_t)length };

	return call6(number, fd, (long)&piece, 1, at, 0, flags);
}

static int uncached(const struct op *op)
{
	return op->flags & LEAVES_NOTHING ? RWF_DONTCACHE : 0;
}

static long write_range(int fd, const struct op *op)
{
	long length = op->to - op->from;

	if (uncached(op))
		return vector_call(SYS_pwritev2, fd, op->source, length, op->from, RWF_DONTCACHE);
	return call(SYS_pwrite64, fd, (long)op->source, length, op->from);
}

static long read_range(struct thread *t, int fd, const struct op *op)
{
	long length = op->to - op->from < MAPPED ? op->to - op->from : MAPPED;

	if (uncached(op))
		return vector_call(SYS_preadv2, fd, t->buffer, length, op->from, RWF_DONTCACHE);
	return call(SYS_pread64, fd, (long)t->buffer, length, op->from);
}

static long copy_range(int fd, const struct op *op)
{
	loff_t from = op->from, to = op->target;

	return call6(SYS_copy_file_range, fd, (long)&from, fd, (long)&to, op->to - op->from, 0);
}

static int open_again(void)
{
	int fd = (int)call(SYS_openat, AT_FDCWD, (long)path, O_RDWR, 0);

	if (fd >= 0)
		call(SYS_fadvise64, fd, 0, 0, POSIX_FADV_RANDOM);
	return fd;
}

/* Closes the thread's description and opens another; where it shares the setup's, one that it opens for that. */
static long close_own(struct thread *t)
{
	int fd = t->own ? t->fd : open_again();
	long ret = call(SYS_close, fd, 0, 0, 0);

	if (t->own)
		t->fd = open_again();
	return ret;
}

static long allocate(int fd, const struct op *op, int mode)
{
	return call(SYS_fallocate, fd, mode | (op->flags & KEEPS_SIZE ? FALLOC_FL_KEEP_SIZE : 0), op->from, op->to - op->from);
}

static long evict(const struct op *op)
{
	char text[64];
	int length = snprintf(text, sizeof(text), "evict %ld %ld", op->from, op->to);
	long ret = call(SYS_write, device, (long)text, length, 0);

	return ret < 0 ? ret : 0;
}

/* Those of fallocate(), and their modes. */
static const struct mode {
	const char *kind;
	int mode;
} modes[] = {
	{ "fallocate", 0 },
	{ "punch", FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE },
	{ "zero", FALLOC_FL_ZERO_RANGE },
	{ "collapse", FALLOC_FL_COLLAPSE_RANGE },
	{ "insert", FALLOC_FL_INSERT_RANGE },
	{ "unshare", FALLOC_FL_UNSHARE_RANGE },
	{ "write_zeroes", FALLOC_FL_WRITE_ZEROES },
};

static long do_op(struct thread *t, int fd, const struct op *op)
{
	const char *kind = op->kind;

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (!strcmp(kind, modes[i].kind))
			return allocate(fd, op, modes[i].mode);
	if (!strcmp(kind, "write"))
		return write_range(fd, op);
	if (!strcmp(kind, "append"))
		return vector_call(SYS_pwritev2, fd, op->source, op->to, 0, RWF_APPEND);
	if (!strcmp(kind, "copy_range"))
		return copy_range(fd, op);
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
	if (!strcmp(kind, "msync"))
		return of_pages(SYS_msync, op, MS_SYNC);
	if (!strcmp(kind, "madvise"))
		return of_pages(SYS_madvise, op, MADV_DONTNEED);
	if (!strcmp(kind, "evict"))
		return evict(op);
	if (!strcmp(kind, "fadvise"))
		return call(SYS_fadvise64, fd, op->from, op->to - op->from, POSIX_FADV_DONTNEED);
	if (!strcmp(kind, "truncate"))
		return call(SYS_ftruncate, fd, op->to, 0, 0);
	if (!strcmp(kind, "close"))
		return close_own(t);
	errno = EINVAL;
	die(kind);
	return 0;
}

static int has_source(const struct op *op)
{
	return !strcmp(op->kind, "write") || !strcmp(op->kind, "append");
}

/* One of the setup. */
static long run_op(struct thread *t, int fd, struct op *op)
{
	long ret;

	if (has_source(op))
		make_source(op);
	ret = do_op(t, fd, op);
	drop_source(op);
	return ret;
}

/* What the operations of a thread need. */
static void make_memory(struct thread *t)
{
	t->stack = new_memory(STACK);
	t->buffer = new_memory(MAPPED);
	for (int i = 0; i < t->ops; i++)
		if (has_source(&t->op[i]))
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
