// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Puts a stub before a kernel function: by ftrace, which may change the instruction pointer (the means of live
 * patching), or, where the function is not traced, by a kprobe at its first instruction, which is then executed from a
 * copy.
 */
#include <linux/ftrace.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/version.h>
#include "hold.h"

static struct ftrace_ops traces[HOOKS];
static struct kprobe probes[HOOKS];

static void notrace redirect(int index, struct pt_regs *regs)
{
	if (!regs || !READ_ONCE(hold_active))
		return;
	hold_resume[index] = regs->ip;
	regs->ip = hold_stub(index);
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
static void notrace traced(unsigned long ip, unsigned long parent, struct ftrace_ops *ops, struct ftrace_regs *fregs)
{
	redirect(ops - traces, ftrace_get_regs(fregs));
}
#else
static void notrace traced(unsigned long ip, unsigned long parent, struct ftrace_ops *ops, struct pt_regs *regs)
{
	redirect(ops - traces, regs);
}
#endif

static int probed(struct kprobe *probe, struct pt_regs *regs)
{
	int index = probe - probes;

	if (!READ_ONCE(hold_active))
		return 0;
	hold_resume[index] = (unsigned long)(hold_copies + index * COPY);
	regs->ip = hold_stub(index);
	return 1;
}
NOKPROBE_SYMBOL(probed);

static void after(struct kprobe *probe, struct pt_regs *regs, unsigned long flags)
{
}

static int by_ftrace(int index, unsigned long address)
{
	struct ftrace_ops *ops = &traces[index];
	int error;

	ops->func = traced;
	ops->flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY;
	error = ftrace_set_filter_ip(ops, address, 0, 0);
	if (error)	/* behind an endbr */
		error = ftrace_set_filter_ip(ops, address + 4, 0, 0);
	return error ? error : register_ftrace_function(ops);
}

/*
 * The probed instruction and a jump behind it, in a place of our own: kprobes would step through its copy in a trap, which
 * a stub cannot go on with. Only for an instruction that is the same in any place.
 */
static int copy_instruction(struct kprobe *probe, int index)
{
	void *(*poke)(void *at, const void *from, size_t length) = (void *)hold_lookup("text_poke");
	u8 *original = (u8 *)probe->addr, *copied = (u8 *)probe->ainsn.insn;
	u8 text[COPY] = { copied[0] };
	unsigned long behind;
	int length = 1;

	while (length < 15 && copied[length] != 0xcc) {
		text[length] = copied[length];
		if (copied[length] != original[length])
			return -EOPNOTSUPP;
		length++;
	}
	if (!poke || copied[0] != probe->opcode)
		return -EOPNOTSUPP;
	behind = (unsigned long)original + length;
	memcpy(text + length, "\xff\x25\0\0\0\0", 6);	/* jmp *0(%rip) */
	memcpy(text + length + 6, &behind, sizeof(behind));
	poke(hold_copies + index * COPY, text, length + 6 + sizeof(behind));
	return 0;
}

static int by_kprobe(int index, unsigned long address)
{
	struct kprobe *probe = &probes[index];
	int error;

	memset(probe, 0, sizeof(*probe));
	probe->addr = (kprobe_opcode_t *)address;
	probe->pre_handler = probed;
	probe->post_handler = after;	/* without one it may be turned into a jump, which cannot be redirected */
	error = register_kprobe(probe);
	if (error)
		return error;
	error = copy_instruction(probe, index);
	if (error)
		unregister_kprobe(probe);
	return error;
}

int hold_install(int index)
{
	struct hook *hook = &hooks[index];
	int error;

	hook->address = hold_lookup(hook->name);
	if (!hook->address)
		return hook->installed = -ENOENT;
	error = by_ftrace(index, hook->address);
	if (!error)
		return hook->installed = 1;
	error = by_kprobe(index, hook->address);
	return hook->installed = error ? error : 2;
}

void hold_remove_all(void)
{
	int i;

	for (i = 0; i < hook_count; i++) {
		if (hooks[i].installed == 1)
			unregister_ftrace_function(&traces[i]);
		if (hooks[i].installed == 2)
			unregister_kprobe(&probes[i]);
		hooks[i].installed = 0;
	}
}
