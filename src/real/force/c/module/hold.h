/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * stalemap_hold: holds tasks of a program at the entry of kernel functions until a plan lets them go on. For guests
 * that are thrown away afterwards: never load it on a machine that anybody needs.
 */
#ifndef HOLD_H
#define HOLD_H

#include <linux/bio.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <linux/wait.h>

enum { HOOKS = 48, SLOTS = 40, BIOS = 64, NAME = 48, COPY = 32 };

/* The registers of a function's arguments as the stub pushed them, lowest address first, and what it is to return. */
struct saved {
	unsigned long r11, r10, ax, r9, r8, cx, dx, si, di;
};

/* What a plan may ask of a function beside holding its callers. */
enum kind {
	PLAIN,
	PARKS_BIO,	/* submit_bio(): data of the file waits until it is its turn */
	OF_INODE,	/* a kworker's work on an xfs_inode, offset in the second argument */
	OF_IOEND,	/* a kworker's work on an iomap_ioend */
	TRUNCATES,	/* xfs_trans_alloc() of a truncation: no blocks, no use of the reserve, a lasting piece of the log */
	ENDS_MAP,	/* ->iomap_next() where the map in its second argument is to be ended */
};

struct hook {
	char name[NAME];
	enum kind kind;
	unsigned long address, resume;
	int whence;	/* what its fourth argument must be; 0: whatever; -1: the third must not be 0 */
	int installed;	/* an error below 0; 1: by ftrace, 2: by a kprobe */
};

enum state { FREE, IDLE, RUNNING, HELD, DONE };

/* A task of the plan. */
struct slot {
	char name[16];
	struct task_struct *task;
	pid_t pid;
	enum state state;
	int at;			/* hook that it is held at */
	unsigned long args[4];
	u64 seen;		/* hooks entered since the operation began */
	int granted;		/* it may move */
	u64 targets;		/* and stops when it has come to one of these */
	int count;		/* for the n-th time */
	int fault_hook;		/* the next entry of this function returns at once, -1: none */
	long fault_value;
	long ret;		/* of its last operation */
	unsigned int ops;	/* operations that it has ended */
};

struct parked {
	struct bio *bio;
	struct inode *inode;
	loff_t from, to;
	enum { PARKED, SUBMITTED, FAILED } state;
	int slot;
};

extern struct hook hooks[HOOKS];
extern int hook_count;
extern unsigned long hold_resume[HOOKS];
extern u8 hold_copies[];
extern unsigned long (*hold_lookup)(const char *name);

extern struct slot slots[SLOTS];
extern struct parked bios[BIOS];
extern int bio_count;
extern struct inode *hold_inode;
extern int hold_active;
extern wait_queue_head_t hold_wait;
extern spinlock_t hold_lock;

struct slot *slot_of(struct task_struct *task);
int hold_install(int index);
void hold_remove_all(void);
unsigned long hold_stub(int index);
unsigned long hold_enter(unsigned long index, struct saved *regs);

void hold_say(const char *format, ...) __printf(1, 2);
void hold_log_reset(void);
ssize_t hold_log_read(char __user *to, size_t size, loff_t *at);

int park_bio(struct bio *bio);
int bio_go(int index, int fail);
int bio_slot(loff_t at);
int evict_range(loff_t from, loff_t to);

/* Lines into `size` bytes of a page; `running` CPUs are at work. Returns their length. */
int hold_state_text(char *page, int size, unsigned int running);

#endif
