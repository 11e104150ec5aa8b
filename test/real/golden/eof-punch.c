/*
 * eof-punch: a race of buffered I/O, forced on the kernel that runs this.
 *
 * writer                                  main
 * iomap_begin: 0..12k, new DELALLOC
 *                                         store into the EOF block
 * EFAULT; keeps the dirty range up to EOF,
 * punches from there, rounded down         <- the EOF block
 *
 * Token: sm3.example
 *
 * Build:  gcc -O2 -Wall -o eof-punch eof-punch.c
 * Run:    ./eof-punch /mnt/newfile    as root, on XFS made by mkfs.xfs -b size=4096
 * Exit:   0 data right, 1 data lost, 2 set-up problem, 3 the stop was not reached
 */

/* Exit codes, the one way out, the watchdog. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/falloc.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RIGHT = 0, LOST = 1, SETUP = 2, NO_STOP = 3 };	/* exit codes */
enum { PAGE = 4096, LIMIT_SECONDS = 60, STOP_MS = 15000, XFS_MAGIC = 0x58465342 };

static const char *path;
static int fd = -1;
static pid_t writer_pid;

/* The only way out: nothing is left behind. Safe in a signal handler. */
static void leave(int code)
{
	if (writer_pid > 0)
		kill(writer_pid, SIGKILL);
	if (fd >= 0)
		unlink(path);
	_exit(code);
}

__attribute__((format(printf, 2, 3)))
static void die(int code, const char *format, ...)
{
	va_list args;

	fflush(stdout);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\nverdict: %s\n", code == NO_STOP ? "stop not reached" : "set-up problem");
	fflush(stdout);
	leave(code);
}

static void must(int good, const char *what)
{
	if (!good)
		die(SETUP, "%s: %m", what);
}

/* Lengths are off_t, like offsets, until they are handed over. */
static size_t bytes(off_t length)
{
	return (size_t)length;
}

static void on_alarm(int sig)
{
	static const char text[] = "nothing moved for a minute\nverdict: set-up problem\n";

	(void)sig;
	if (write(STDOUT_FILENO, text, sizeof(text) - 1) < 0)
		leave(SETUP);
	leave(SETUP);
}

static void on_interrupt(int sig)
{
	leave(128 + sig);
}

/* Newer than some headers. */
#ifndef RWF_DONTCACHE
#define RWF_DONTCACHE 0x80
#endif
#ifndef FALLOC_FL_WRITE_ZEROES
#define FALLOC_FL_WRITE_ZEROES 0x80
#endif

#define NAME "eof-punch"
enum { BLOCK = 4096, FILE_SIZE = 0x1c00, MAX_ALLOWED = 1, MAX_MAPPED = 128 };
#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

/* Each operation writes bytes of its own value; zero is a hole or zeroed space. */
static const char *const names[] = { "zero", "writer.0", "storer.0" };
enum { ZERO, WRITER_0, STORER_0 };

/* ---- Expected and actual ------------------------------------------------------------------------------------- */

/*
 * Each byte against what the operations promise: through the page cache, and again from disk after fsync and eviction.
 * An operation writes bytes of its own number, so a wrong byte names its origin.
 */

enum { ABSENT = 256 };	/* past EOF */
struct promise { off_t from, to; int count; int allowed[MAX_ALLOWED]; };

static const char *name_of(int value)
{
	static char text[32];

	if (value == ABSENT)
		return "past EOF";
	if (value < (int)(sizeof(names) / sizeof(names[0])))
		return names[value];
	snprintf(text, sizeof(text), "foreign byte 0x%02x", value);
	return text;
}

static int keeps(const struct promise *promise, int value)
{
	for (int i = 0; i < promise->count; i++)
		if (promise->allowed[i] == value)
			return 1;
	return 0;
}

static void print_expected(const struct promise *promise, int promises)
{
	for (int i = 0; i < promises; i++) {
		printf("%s 0x%llx..0x%llx ", i ? "," : "    expected", (long long)promise[i].from,
		       (long long)promise[i].to);
		for (int k = 0; k < promise[i].count; k++)
			printf("%s%s", k ? "|" : "", name_of(promise[i].allowed[k]));
	}
	printf("\n");
}

static long wrong;	/* bytes, over all comparisons */

/* What was read: [from, from + got) of the file. */
struct seen { const unsigned char *data; off_t from, got; };

static int value_at(const struct seen *seen, off_t at)
{
	return at - seen->from < seen->got ? seen->data[at - seen->from] : ABSENT;
}

/* Prints runs of equal bytes, and counts those that are not as promised. */
static void judge(const char *when, const struct promise *promise, int promises, const struct seen *seen)
{
	const char *lead = "    actual  ";

	printf("  %s\n", when);
	print_expected(promise, promises);
	for (int i = 0; i < promises; i++) {
		for (off_t at = promise[i].from, end; at < promise[i].to; at = end) {
			int value = value_at(seen, at), bad = !keeps(&promise[i], value);

			for (end = at; end < promise[i].to && value_at(seen, end) == value; end++)
				;
			printf("%s 0x%llx..0x%llx %s%s", lead, (long long)at, (long long)end, name_of(value),
			       bad ? " (WRONG)" : "");
			lead = ",";
			wrong += bad ? end - at : 0;
		}
	}
	printf("\n");
}

static void *buffer(off_t length)
{
	void *memory = malloc(bytes(length) + 1);

	must(memory != NULL, "malloc");
	return memory;
}

/* Reads [from, to) and compares. */
static void check_read(const char *when, const struct promise *promise, int promises, off_t from, off_t to)
{
	unsigned char *data = buffer(to - from);
	ssize_t got = pread(fd, data, bytes(to - from), from);

	must(got >= 0, "pread");
	judge(when, promise, promises, &(struct seen){ data, from, got });
	free(data);
}

/*
 * The file mapped shared, each page by itself, so that a fault brings in no neighbour. It stays mapped, as in the
 * process that a store stands for: page_mkwrite comes again only after writeback has write-protected the page.
 */
static struct { off_t at; char *page; } mapped[MAX_MAPPED];
static int mappings;

static char *page_of(off_t at)
{
	off_t start = at / PAGE * PAGE;
	char *area;

	for (int i = 0; i < mappings; i++)
		if (mapped[i].at == start)
			return mapped[i].page;
	must(mappings < MAX_MAPPED, "too many pages");
	area = mmap(NULL, 3 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	must(area != MAP_FAILED, "mmap");
	area = mmap(area + PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, start);
	must(area != MAP_FAILED && madvise(area, PAGE, MADV_RANDOM) == 0, "mmap");
	mapped[mappings].at = start;
	mapped[mappings].page = area;
	mappings++;
	return area;
}

/* Takes [from, to) out of the page table; the page cache keeps it. */
static void unmap_pages(off_t from, off_t to)
{
	for (int i = 0; i < mappings; i++)
		if (mapped[i].at < to && mapped[i].at + PAGE > from)
			must(madvise(mapped[i].page, PAGE, MADV_DONTNEED) == 0, "unmap");
}

/* Up to the end of the page or of the range. */
static off_t within_page(off_t at, off_t to)
{
	off_t end = at / PAGE * PAGE + PAGE;

	return (end < to ? end : to) - at;
}

/* ---- The page cache ------------------------------------------------------------------------------------------ */

struct cache_counts { unsigned long long cache, dirty, writeback, evicted, recently; };

/* Since 6.5. */
static int cachestat(off_t from, off_t to, struct cache_counts *count)
{
	unsigned long long range[2] = { (unsigned long long)from, bytes(to - from) };

	return (int)syscall(451, fd, range, count, 0);
}

static int is_uptodate(off_t page)
{
	unsigned char in_core = 0;
	void *map = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, page);

	must(map != MAP_FAILED && mincore(map, PAGE, &in_core) == 0, "mincore");
	munmap(map, PAGE);
	return in_core & 1;
}

/* Pages of [from, to) in the page cache: cachestat counts them all, mincore (before 6.5) those uptodate. */
static long cached_pages(off_t from, off_t to)
{
	struct cache_counts count;
	long pages = 0;

	if (cachestat(from, to, &count) == 0)
		return (long)count.cache;
	for (off_t at = from; at < to; at += PAGE)
		pages += is_uptodate(at);
	return pages;
}

/* Drops the clean pages that hold [from, to), and makes sure that they are gone. */
static void evict(off_t from, off_t to)
{
	from = from / PAGE * PAGE;
	to = (to + PAGE - 1) / PAGE * PAGE;
	if (from == to)
		return;
	unmap_pages(from, to);
	for (int attempt = 0; attempt < 100; attempt++) {
		posix_fadvise(fd, from, to - from, POSIX_FADV_DONTNEED);
		if (cached_pages(from, to) == 0)
			return;
		if (attempt % 20 == 19) {	/* a large folio that reaches over the range stays: drop all clean ones */
			int drop = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);

			if (drop >= 0 && write(drop, "1", 1) == 1 && cached_pages(from, to) == 0) {
				close(drop);
				return;
			}
			close(drop);
		}
		usleep(1000);
	}
	die(SETUP, "0x%llx..0x%llx is still cached: dirty, mapped or in use", (long long)from, (long long)to);
}

/* ---- The stopped writer ------------------------------------------------------------------------------------- */

/*
 * write() faults its source in after ->iomap_begin has cached the map and before it locks the folio
 * (fault_in_iov_iter_readable, fs/iomap/buffered-io.c), so a source page that is missing from a memfd and watched by
 * userfaultfd stops an unmodified kernel exactly there: IOLOCK held, map cached, no folio lock.
 */

struct piece { off_t from, to; };	/* one source page of the write, and where it goes in the file */
struct result { ssize_t ret; int err; };
enum { ENDED = -1 };

static struct {
	const struct piece *piece;
	int pieces, readable;	/* readable: how many of them the source has */
	int at;			/* the piece whose page it waits for */
	int id;
	int flags;		/* RWF_* */
	int memory;		/* memfd under the source buffer */
	char *source;		/* mapped at the same address in both processes */
	int fault;		/* the writer's userfaultfd */
	int talk;		/* it sends that, and later the result */
	struct result result;
} writer;

static void take_away(int i)
{
	must(fallocate(writer.memory, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)i * PAGE, PAGE) == 0,
	     "punch source page");
}

static void wake(int i)
{
	struct uffdio_range range = { (unsigned long)writer.source + (unsigned long)i * PAGE, PAGE };

	must(ioctl(writer.fault, UFFDIO_WAKE, &range) == 0, "UFFDIO_WAKE");
}

static void supply(int i)
{
	memset(writer.source + (long)i * PAGE, writer.id, PAGE);
	wake(i);
}

/* In the writer's process: watch the source buffer, hand over the watching end, write. */
static void writer_main(int talk)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register watched = {
		.range = { (unsigned long)writer.source, (unsigned long)writer.pieces * PAGE },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	union { struct cmsghdr align; char space[CMSG_SPACE(sizeof(int))]; } control = { 0 };
	struct iovec iov[writer.pieces], one = { "", 1 };
	struct msghdr message = { .msg_iov = &one, .msg_iovlen = 1,
		.msg_control = control.space, .msg_controllen = sizeof(control.space) };
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	struct result result;
	int fault = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);

	signal(SIGALRM, SIG_DFL);
	alarm(LIMIT_SECONDS - 5);	/* before the watchdog, which may itself wait for IOLOCK */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (fault < 0 || ioctl(fault, UFFDIO_API, &api) || ioctl(fault, UFFDIO_REGISTER, &watched))
		_exit(SETUP);
	*head = (struct cmsghdr){ CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS };
	memcpy(CMSG_DATA(head), &fault, sizeof(int));
	if (sendmsg(talk, &message, 0) != 1)
		_exit(SETUP);

	for (int i = 0; i < writer.pieces; i++)
		iov[i] = (struct iovec){ writer.source + (long)i * PAGE,
					 bytes(writer.piece[i].to - writer.piece[i].from) };
	result.ret = pwritev2(fd, iov, writer.pieces, writer.piece[0].from, writer.flags);
	result.err = result.ret < 0 ? errno : 0;
	if (write(talk, &result, sizeof(result)) != sizeof(result))
		_exit(SETUP);
	_exit(0);
}

static void receive_fault_fd(void)
{
	union { struct cmsghdr align; char space[CMSG_SPACE(sizeof(int))]; } control;
	char byte;
	struct iovec one = { &byte, 1 };
	struct msghdr message = { .msg_iov = &one, .msg_iovlen = 1,
		.msg_control = control.space, .msg_controllen = sizeof(control.space) };

	if (recvmsg(writer.talk, &message, MSG_CMSG_CLOEXEC) != 1 || !CMSG_FIRSTHDR(&message))
		die(SETUP, "userfaultfd: needs root or vm.unprivileged_userfaultfd=1, and a kernel that has it");
	memcpy(&writer.fault, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(int));
}

static const char *name_of(int value);

static void writer_gone(const struct result *result)
{
	int status;

	must(waitpid(writer_pid, &status, 0) == writer_pid, "waitpid");
	writer_pid = 0;
	if (result)
		writer.result = *result;
	if (!result)
		printf("  %s killed\n", name_of(writer.id));
	else if (result->ret < 0)
		printf("  %s failed: %s\n", name_of(writer.id), strerror(result->err));
	else
		printf("  %s wrote %zd bytes\n", name_of(writer.id), result->ret);
	close(writer.fault);
	close(writer.talk);
	close(writer.memory);
	munmap(writer.source, (size_t)writer.pieces * PAGE);
}

/* The piece that the writer waits for now, or ENDED. */
static int next_event(void)
{
	struct pollfd on[] = { { writer.fault, POLLIN, 0 }, { writer.talk, POLLIN, 0 } };
	struct uffd_msg message;
	struct result result;

	if (poll(on, 2, STOP_MS) <= 0)
		die(NO_STOP, "%s neither reached its stop nor ended", name_of(writer.id));
	if (on[0].revents & POLLIN) {
		must(read(writer.fault, &message, sizeof(message)) == sizeof(message), "read userfaultfd");
		return (int)((message.arg.pagefault.address - (unsigned long)writer.source) / PAGE);
	}
	if (read(writer.talk, &result, sizeof(result)) != sizeof(result))
		die(SETUP, "%s went away", name_of(writer.id));
	writer_gone(&result);
	return ENDED;
}

static void expect_event(int piece)
{
	int event = next_event();

	if (event == piece)
		return;
	if (event == ENDED)
		die(NO_STOP, "the write ended before its stop");
	die(NO_STOP, "the write waits for source page %d, not %d", event, piece);
}

/* Started, and stopped where it first needs the given page. */
static void writer_begin(int id, const struct piece *piece, int pieces, int readable, int stop, int flags)
{
	size_t length = (size_t)pieces * PAGE;
	int talk[2];

	writer.id = id;
	writer.piece = piece;
	writer.pieces = pieces;
	writer.readable = readable;
	writer.at = stop;
	writer.flags = flags;
	writer.memory = memfd_create("source", MFD_CLOEXEC);
	must(writer.memory >= 0, "memfd_create");
	must(ftruncate(writer.memory, (off_t)readable * PAGE) == 0, "size source");
	writer.source = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, writer.memory, 0);
	must(writer.source != MAP_FAILED, "map source");
	memset(writer.source, id, (size_t)readable * PAGE);
	if (stop < readable)
		take_away(stop);
	must(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, talk) == 0, "socketpair");
	fflush(stdout);
	writer_pid = fork();
	must(writer_pid >= 0, "fork");
	if (writer_pid == 0) {
		close(talk[0]);
		writer_main(talk[1]);
	}
	close(talk[1]);
	writer.talk = talk[0];
	receive_fault_fd();
	if (stop < readable)
		expect_event(stop);
}

/*
 * To any stop, with everything before it written. Up to 6.5 one page is faulted in and written at a time: a missing
 * page k is a stop with everything before it written. Since 6.6 a chunk, at most up to the end of the map, is faulted
 * in before any of it is written. There the writer is made to come up short at k: the last byte of the first block at
 * k has a source page of its own, the bell. When k has been faulted in and the bell is missing, k is taken away again
 * and the bell supplied; the atomic copy ends at k, the writer commits what it has, and faults on k. With small
 * folios, or when the map was stale, one round brings it only nearer, so the page before k is looked at, without
 * touching it, and the round repeated.
 */

/* -1 no cachestat, 0 not cached, 1 cached, 2 cached and uptodate */
static int page_state(off_t page, int *dirty)
{
	struct cache_counts count;

	if (cachestat(page, page + PAGE, &count) != 0)
		return -1;
	*dirty = count.dirty + count.writeback > 0;
	return count.cache == 0 ? 0 : 1 + is_uptodate(page);
}

/* How it looks around the stop before the write goes there. */
struct before { off_t size; int dirty; };

static off_t file_size(void)
{
	struct stat stat;

	must(fstat(fd, &stat) == 0, "fstat");
	return stat.st_size;
}

static struct before look_before(off_t end)
{
	struct before then = { .size = file_size() };

	page_state((end - 1) / PAGE * PAGE, &then.dirty);
	return then;
}

/* Whether the write has got as far as this offset. A page that is not uptodate must not be read: that would fill it. */
static int written_before(off_t end, const struct before *then)
{
	off_t page = (end - 1) / PAGE * PAGE;
	int dirty, state = page_state(page, &dirty);
	volatile char *map;
	char byte;

	if (state < 0)
		return 1;	/* no cachestat: before 6.5, page by page */
	if (then->size < end)
		return file_size() >= end;
	if (state == 0 || !dirty)
		return 0;
	if (state == 1) {
		if (then->dirty)
			die(NO_STOP, "cannot tell how far %s got: a dirty page that is not uptodate", name_of(writer.id));
		return 1;
	}
	map = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, page);
	must(map != MAP_FAILED, "mmap");
	byte = map[(end - 1) % PAGE];
	munmap((void *)map, PAGE);
	return (unsigned char)byte == writer.id;
}

/* The atomic copy that comes next ends before this piece; the bell is the piece behind it. */
static void come_up_short(int piece)
{
	take_away(piece + 1);
	supply(piece);
	expect_event(piece + 1);
	take_away(piece);
	supply(piece + 1);
	expect_event(piece);
}

/* From the stop at writer.at to the one at a later piece. */
static void writer_run_to(int target)
{
	off_t offset = writer.piece[target].from;

	if (target > writer.at) {
		struct before then = look_before(offset);

		take_away(target);
		supply(writer.at);
		expect_event(target);
		for (int rounds = 0; !written_before(offset, &then); rounds++) {
			if (rounds > 2 * writer.pieces)
				die(NO_STOP, "%s does not get to 0x%llx", name_of(writer.id), (long long)offset);
			come_up_short(target);
		}
		writer.at = target;
	}
	printf("  %s stopped at 0x%llx\n", name_of(writer.id), (long long)offset);
}

/* The source ends before the stop: the copy fails there. */
static void writer_fail(void)
{
	must(ftruncate(writer.memory, (off_t)writer.at * PAGE) == 0, "cut source");
	wake(writer.at);
	if (next_event() != ENDED)
		die(NO_STOP, "%s did not fail", name_of(writer.id));
}

/* Through the mapping. */
static void store(int id, off_t from, off_t to)
{
	for (off_t at = from; at < to; at += within_page(at, to))
		memset(page_of(at) + at % PAGE, id, bytes(within_page(at, to)));
}

/* ---- The race ------------------------------------------------------------------------------------------------ */

/* writer.0, source page by source page. */
static const struct piece writer_0_pages[] = {
	{ 0, 0xfff },
	{ 0xfff, 0x1000 },
	{ 0x1000, 0x2000 },
	{ 0x2000, 0x3000 },
};

/* What the operations promise, whatever the schedule. */
static const struct promise expected[] = {
	{ 0, 0x1a00, 1, { ZERO } },
	{ 0x1a00, 0x1b00, 1, { STORER_0 } },
	{ 0x1b00, 0x1c00, 1, { ZERO } },
};
enum { EXPECTED_END = 0x1c00 };

static void setup(void)
{
}

static void race(void)
{
	writer_begin(WRITER_0, writer_0_pages, COUNT(writer_0_pages), 4, 0, 0);
	writer_run_to(0);	/* 0 */
	store(STORER_0, 0x1a00, 0x1b00);
	writer_fail();
}

/* From here on signals end it, and nothing lasts for ever; the file is new. */
static void begin(const char *new_file)
{
	struct statfs fs;

	signal(SIGALRM, on_alarm);
	signal(SIGINT, on_interrupt);
	signal(SIGTERM, on_interrupt);
	alarm(LIMIT_SECONDS);
	path = new_file;
	must(sysconf(_SC_PAGESIZE) == PAGE, "this needs 4096-byte pages");
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	must(fd >= 0, path);
	must(fstatfs(fd, &fs) == 0, "fstatfs");
	if (fs.f_type != XFS_MAGIC)
		die(SETUP, "%s: this is not on XFS, and other file systems say nothing of it", path);
	if (fs.f_bsize != BLOCK)
		die(SETUP, "the file system has %ld-byte blocks, this race needs %d (mkfs.xfs -b size=%d)",
		    (long)fs.f_bsize, BLOCK, BLOCK);
	posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM);	/* no readahead */
	must(ftruncate(fd, FILE_SIZE) == 0, "ftruncate");
}

/* ---- Run setup and race, read back, say the verdict ----------------------------------------------------------- */

int main(int argc, char **argv)
{
	struct utsname name;

	if (argc != 2 || !strchr(argv[1], '/')) {
		printf("usage: %s /MOUNTED/XFS/NEWFILE\n", argv[0]);
		return SETUP;
	}
	uname(&name);
	printf("%s on %s, %d-byte blocks\n", NAME, name.release, BLOCK);
	begin(argv[1]);
	setup();
	race();
	check_read("read back", expected, COUNT(expected), 0, EXPECTED_END);
	must(fsync(fd) == 0, "fsync");
	evict(0, lseek(fd, 0, SEEK_END));
	check_read("from disk, after fsync and eviction", expected, COUNT(expected), 0, EXPECTED_END);
	printf("verdict: %s\n", wrong ? "data lost" : "data right");
	fflush(stdout);
	leave(wrong ? LOST : RIGHT);
}
