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
