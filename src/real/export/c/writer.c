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
