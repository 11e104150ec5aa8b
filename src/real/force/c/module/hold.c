// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * What happens when a task enters a hooked function: it is written down, and a task of the plan that may not go on
 * waits. Tasks that are not of the plan pass; kworkers are of it when what they work on belongs to the file.
 */
#include <linux/iomap.h>
#include <linux/sched/signal.h>
#include "hold.h"

struct slot slots[SLOTS];
struct inode *hold_inode;
int hold_active;
DECLARE_WAIT_QUEUE_HEAD(hold_wait);
DEFINE_SPINLOCK(hold_lock);

struct slot *slot_of(struct task_struct *task)
{
	int i;

	for (i = 0; i < SLOTS; i++)
		if (slots[i].task == task && slots[i].state != FREE)
			return &slots[i];
	return NULL;
}

/* Whether the structure that begins at ip holds the file's inode. */
static int is_our_xfs_inode(unsigned long ip)
{
	unsigned long inode = (unsigned long)hold_inode;

	return inode > ip && inode - ip < 2048;
}

/* The slot of a kworker that completes I/O of the file; a new piece of work takes it over. */
static struct slot *slot_of_kworker(struct hook *hook, struct saved *regs)
{
	struct iomap_ioend *ioend = (void *)regs->di;
	struct slot *slot = NULL;
	loff_t at;
	int bio;

	if (hook->kind == OF_IOEND) {
		if (ioend->io_inode != hold_inode)
			return NULL;
		at = ioend->io_offset;
	} else if (hook->kind == OF_INODE) {
		if (!is_our_xfs_inode(regs->di))
			return NULL;
		at = regs->si;
	} else
		return slot_of(current);
	bio = bio_slot(at);
	if (bio < 0 || bios[bio].slot < 0)
		return NULL;
	slot = &slots[bios[bio].slot];
	if (slot->task != current) {
		struct slot *before = slot_of(current);

		if (before) {
			before->task = NULL;
			before->state = DONE;
		}
		slot->task = current;
		slot->pid = current->pid;
		slot->state = RUNNING;
	}
	return slot;
}

static int may_go(struct slot *slot)
{
	return slot->granted || !READ_ONCE(hold_active);
}

/* Holds the task at this hook until it may move. */
static void hold(struct slot *slot, int index, struct saved *regs)
{
	slot->at = index;
	slot->args[0] = regs->di;
	slot->args[1] = regs->si;
	slot->args[2] = regs->dx;
	slot->args[3] = regs->cx;
	slot->granted = 0;
	smp_store_release(&slot->state, HELD);
	wake_up_all(&hold_wait);
	/* a fatal signal does not end it: a process that is killed is held on its way out like any other */
	wait_event(hold_wait, may_go(slot));
	slot->state = RUNNING;
}

/* Whether the function is not to run: the plan says what it returns. */
static int is_forced(struct slot *slot, int index, struct saved *regs)
{
	if (!slot->granted || slot->fault_hook != index)
		return 0;
	slot->fault_hook = -1;
	regs->ax = slot->fault_value;
	hold_say("forced %s %d %ld\n", slot->name, index, slot->fault_value);
	return 1;
}

/*
 * The second argument is a struct xfs_trans_res: how much of the log, how often, and flags. A conversion of delalloc, which
 * takes no blocks either, may use the reserve, as the fifth argument says.
 */
static int truncates(struct saved *regs)
{
	enum { PERMANENT = 4 };
	const int *reservation = (void *)regs->si;

	return !(unsigned int)regs->dx && !(unsigned int)regs->r8 && reservation[2] & PERMANENT;
}

unsigned long hold_enter(unsigned long index, struct saved *regs)
{
	struct hook *hook = &hooks[index];
	struct slot *slot;

	if (!READ_ONCE(hold_active) || in_interrupt())
		return 0;
	if (hook->kind == PARKS_BIO) {
		if (!park_bio((struct bio *)regs->di))
			return 0;
		regs->ax = ~0u;	/* BLK_QC_T_NONE where it returns something */
		return 1;
	}
	if (hook->whence < 0 ? !regs->dx : hook->whence && regs->cx != hook->whence)
		return 0;
	if (hook->kind == TRUNCATES && !truncates(regs))
		return 0;
	if (hook->kind == ENDS_MAP && !((const struct iomap *)regs->si)->length)
		return 0;
	slot = current->flags & PF_KTHREAD ? slot_of_kworker(hook, regs) : slot_of(current);
	if (!slot || slot->state != RUNNING)
		return 0;
	slot->seen |= 1ull << index;
	hold_say("at %s %lu %lx %lx %lx %lx\n", slot->name, index, regs->di, regs->si, regs->dx, regs->cx);
	if (is_forced(slot, index, regs))
		return 1;
	if (in_atomic() || irqs_disabled()) {
		hold_say("atomic %s %lu\n", slot->name, index);
		return 0;
	}
	if (slot->granted && (!(slot->targets & 1ull << index) || --slot->count > 0))
		return 0;
	hold(slot, index, regs);
	return is_forced(slot, index, regs);
}
