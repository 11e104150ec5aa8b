/*
 * Plays plans on the kernel that runs it, with the module stalemap_hold: makes the threads, lets one at a time move to
 * its next point, and says after each move where everybody stands. Arguments: plans, the directory of the new files,
 * and the in-flight counter of its disk. Whatever it finds goes to stdout, a line for each fact.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/falloc.h>
#include <linux/fs.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096, MAPPED = 128 * PAGE, THREADS = 20, OPS = 64, LINE = 256, STACK = 65536 };

struct op {
	char kind[20];
	long from, to, value, fault_at, cut, target;	/* fault_at, cut, target: -1 without */
	enum { KEEPS_SIZE = 1, LEAVES_NOTHING = 2 } flags;
	char *source;		/* of a write */
	size_t source_length;
};

struct thread {
	char name[16];
	int own, ops, fd;
	struct op op[OPS];
	int now;		/* operation under way */
	pid_t pid;
	int gone;
	char *stack, *buffer;	/* what it reads */
	void *bus[5];		/* where it goes on after SIGBUS */
};

static int device, file, flight;
static char path[512];		/* of the file */
static char *mapped;
/* alone: makes the setup */
static struct thread threads[THREADS], alone;
static int thread_count;
static struct op setup[OPS];
static int setup_count;

static void say(const char *format, ...)
{
	char text[4096];
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (write(1, text, length > (int)sizeof(text) - 1 ? sizeof(text) - 1 : (size_t)length) < 0)
		_exit(2);
}

static void die(const char *what)
{
	say("@P problem %s: %s\n", what, strerror(errno));
	_exit(2);
}

/* A command for the module; returns -1 and errno like write(). */
static int tell(const char *format, ...)
{
	char text[160];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return (int)write(device, text, strlen(text));
}
