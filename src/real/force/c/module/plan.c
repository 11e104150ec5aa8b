// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The device through which a player steers: commands are lines that are written to it, its log is what a read gets, and
 * state is asked for by an ioctl, which fills a page with lines.
 */
#include <linux/file.h>
#include <linux/kprobes.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include "hold.h"

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Holds tasks at kernel functions as a plan says; for throw-away guests only");

enum { LOG = 1 << 18, PAGE_OF_STATE = 8192, STATE_OF_SLOTS = 0x5301 /* 0x5302: of hooks */ };

struct hook hooks[HOOKS];
int hook_count;
unsigned long (*hold_lookup)(const char *name);
static unsigned int (*count_running)(void);
static char *log_text;
static int log_length;

void hold_say(const char *format, ...)
{
	unsigned long flags;
	va_list args;

	spin_lock_irqsave(&hold_lock, flags);
	va_start(args, format);
	log_length += vscnprintf(log_text + log_length, LOG - log_length, format, args);
	va_end(args);
	spin_unlock_irqrestore(&hold_lock, flags);
}

static struct slot *slot_named(const char *name)
{
	int i;

	for (i = 0; i < SLOTS; i++)
		if (slots[i].state != FREE && !strcmp(slots[i].name, name))
			return &slots[i];
	return NULL;
}

static struct slot *new_slot(const char *name)
{
	int i;

	for (i = 0; i < SLOTS; i++)
		if (slots[i].state == FREE) {
			memset(&slots[i], 0, sizeof(slots[i]));
			strscpy(slots[i].name, name, sizeof(slots[i].name));
			slots[i].fault_hook = -1;
			slots[i].at = -1;
			slots[i].state = IDLE;
			return &slots[i];
		}
	return NULL;
}

/* An operation of the slot's task is over. */
static void returned(struct slot *slot, long ret)
{
	slot->ret = ret;
	slot->ops++;
	slot->granted = 0;
	slot->at = -1;
}

/* A thread of the plan says that its operation returned, and waits until it may begin the next. */
static int next_operation(long ret)
{
	struct slot *slot = slot_of(current);

	if (!slot)
		return -ESRCH;
	returned(slot, ret);
	slot->seen = 0;
	smp_store_release(&slot->state, IDLE);
	wake_up_all(&hold_wait);
	if (wait_event_killable(hold_wait, slot->granted || !READ_ONCE(hold_active)))
		return -EINTR;
	slot->state = RUNNING;
	return 0;
}

/* It has no further operation. */
static int last_operation(long ret)
{
	struct slot *slot = slot_of(current);

	if (!slot)
		return -ESRCH;
	returned(slot, ret);
	slot->task = NULL;
	smp_store_release(&slot->state, DONE);
	return 0;
}

static int grant(const char *name, u64 targets, int count, int fault_hook, long fault_value)
{
	struct slot *slot = slot_named(name);

	if (!slot)
		return -ENOENT;
	slot->targets = targets;
	slot->count = count;
	slot->fault_hook = fault_hook;
	slot->fault_value = fault_value;
	smp_store_release(&slot->granted, 1);
	wake_up_all(&hold_wait);
	return 0;
}

/* Where one that waits is to stop once it goes on, or a kworker to come. */
static int aim(const char *name, u64 targets, int count)
{
	struct slot *slot = slot_named(name) ?: new_slot(name);

	if (!slot)
		return -ENOSPC;
	if (!slot->ops && !slot->task)
		slot->state = DONE;	/* until a kworker takes it up */
	return grant(name, targets, count, -1, 0);
}

/* The file of the next plan; the caller keeps it open until the plan has ended. */
static int use_file(int fd)
{
	struct file *file = fget(fd);

	if (!file)
		return -EBADF;
	memset(slots, 0, sizeof(slots));
	bio_count = 0;
	log_length = 0;
	hold_inode = file_inode(file);
	fput(file);
	return 0;
}

/* Everybody goes on, and what was kept back is sent. */
static void free_all(void)
{
	int i;

	WRITE_ONCE(hold_active, 0);
	wake_up_all(&hold_wait);
	for (i = 0; i < bio_count; i++)
		bio_go(i, 0);
}

static int add_hook(const char *name, int kind, int whence)
{
	struct hook *hook = &hooks[hook_count];

	if (hook_count == HOOKS)
		return -ENOSPC;
	strscpy(hook->name, name, sizeof(hook->name));
	hook->kind = kind;
	hook->whence = whence;
	hold_install(hook_count++);
	return 0;
}

/* A kworker's completion of a bio gets a slot of its own before the bio goes. */
static int release_bio(int index, int fail)
{
	char name[16];
	struct slot *slot;

	if (index < 0 || index >= bio_count)
		return -ENOENT;
	snprintf(name, sizeof(name), "kworker/%d", index + 1);
	slot = slot_named(name) ?: new_slot(name);
	if (!slot)
		return -ENOSPC;
	bios[index].slot = slot - slots;
	slot->state = DONE;	/* until a kworker takes it up */
	return bio_go(index, fail);
}

static int command(char *text)
{
	char name[NAME];
	unsigned long long targets;
	long a, b;
	int n, m, fault;

	if (sscanf(text, "hook %47s %d %d", name, &n, &m) == 3)
		return add_hook(name, n, m);
	if (sscanf(text, "file %d", &n) == 1)
		return use_file(n);
	if (!strncmp(text, "begin", 5)) {
		WRITE_ONCE(hold_active, 1);
		return 0;
	}
	if (sscanf(text, "thread %15s", name) == 1) {
		struct slot *slot = new_slot(name);

		if (!slot)
			return -ENOSPC;
		slot->task = current;
		slot->pid = current->pid;
		slot->state = RUNNING;
		return 0;
	}
	if (sscanf(text, "next %ld", &a) == 1)
		return next_operation(a);
	if (sscanf(text, "last %ld", &a) == 1)
		return last_operation(a);
	if (sscanf(text, "grant %15s %llx %d %d %ld", name, &targets, &n, &fault, &a) == 5)
		return grant(name, targets, n, fault, a);
	if (sscanf(text, "aim %15s %llx %d", name, &targets, &n) == 3)
		return aim(name, targets, n);
	if (sscanf(text, "bio %d %d", &n, &m) == 2)
		return release_bio(n, m);
	if (sscanf(text, "evict %ld %ld", &a, &b) == 2)
		return evict_range(a, b) < 0 ? -EINVAL : 0;
	if (!strncmp(text, "free", 4)) {
		free_all();
		return 0;
	}
	if (!strncmp(text, "end", 3)) {
		free_all();
		hold_inode = NULL;
		return 0;
	}
	return -EINVAL;
}

static ssize_t device_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	char text[160];
	int error;

	if (size >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, size))
		return -EFAULT;
	text[size] = 0;
	error = command(text);
	return error < 0 ? error : size;
}

static long device_ioctl(struct file *file, unsigned int what, unsigned long to)
{
	char *page;
	int i, length = 0;

	page = kzalloc(PAGE_OF_STATE, GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	if (what == STATE_OF_SLOTS)
		length = hold_state_text(page, PAGE_OF_STATE, count_running());
	else
		for (i = 0; i < hook_count; i++)
			length += scnprintf(page + length, PAGE_OF_STATE - length, "hook %d %s %d\n", i, hooks[i].name,
					    hooks[i].installed);
	if (copy_to_user((void __user *)to, page, length + 1))
		length = -EFAULT;
	kfree(page);
	return length;
}

static ssize_t device_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	return simple_read_from_buffer(to, size, at, log_text, log_length);
}

static int device_release(struct inode *inode, struct file *file)
{
	return 0;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.write = device_write,
	.read = device_read,
	.unlocked_ioctl = device_ioctl,
	.release = device_release,
};
static struct miscdevice device = { .minor = MISC_DYNAMIC_MINOR, .name = "stalemap_hold", .fops = &operations };

static int __init hold_init(void)
{
	struct kprobe probe = { .symbol_name = "kallsyms_lookup_name" };
	int error = register_kprobe(&probe);

	if (error)
		return error;
	hold_lookup = (void *)probe.addr;
	unregister_kprobe(&probe);
	count_running = (void *)hold_lookup("nr_running");
	log_text = kvzalloc(LOG, GFP_KERNEL);
	if (!count_running || !log_text)
		return -ENOENT;
	return misc_register(&device);
}

static void __exit hold_exit(void)
{
	misc_deregister(&device);
	free_all();
	hold_remove_all();
	kvfree(log_text);
}

module_init(hold_init);
module_exit(hold_exit);
