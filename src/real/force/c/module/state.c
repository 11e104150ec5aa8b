// SPDX-License-Identifier: GPL-2.0 OR MIT
/* What stands where, as lines for the player: tasks of the plan, data on its way to the disk, who holds a lock. */
#include <linux/kernel.h>
#include <linux/rwsem.h>
#include <linux/version.h>
#include "hold.h"

/* Who of the plan holds a lock for itself alone; the owner's low bits are flags. */
static int lock_text(char *page, int size, const char *name, struct rw_semaphore *lock)
{
	struct task_struct *owner = (void *)(atomic_long_read(&lock->owner) & ~7ul);
	struct slot *slot = owner && rwsem_is_locked(lock) ? slot_of(owner) : NULL;

	return slot ? scnprintf(page, size, "lock %s %s\n", name, slot->name) : 0;
}

static int locks_text(char *page, int size)
{
	int length;

	if (!hold_inode)
		return 0;
	length = lock_text(page, size, "i_rwsem", &hold_inode->i_rwsem);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 15, 0)
	length += lock_text(page + length, size - length, "invalidate_lock", &hold_inode->i_mapping->invalidate_lock);
#endif
	return length;
}

/* One line for everything that the player has to know before it decides that all stand still. */
int hold_state_text(char *page, int size, unsigned int running)
{
	static const char *const words[] = { "free", "idle", "running", "held", "done" };
	int i, length = 0;

	length += scnprintf(page + length, size - length, "cpus %u\n", running);
	for (i = 0; i < SLOTS; i++) {
		struct slot *slot = &slots[i];

		if (slot->state == FREE)
			continue;
		length += scnprintf(page + length, size - length, "slot %s %d %s %d %d %u %ld %lx %lx %lx %lx\n",
				    slot->name, slot->pid, words[smp_load_acquire(&slot->state)], slot->at,
				    slot->granted, slot->ops, slot->ret, slot->args[0], slot->args[1],
				    slot->args[2], slot->args[3]);
	}
	for (i = 0; i < bio_count; i++)
		length += scnprintf(page + length, size - length, "bio %d %lld %lld %d\n", i, bios[i].from,
				    bios[i].to, bios[i].state);
	length += locks_text(page + length, size - length);
	return length;
}
