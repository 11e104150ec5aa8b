// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * One piece of assembly per hook: saves the registers of the arguments, calls hold_enter(), which may sleep, and
 * goes on behind the call of ftrace or with the probed instruction; or returns to the caller at once with the value
 * that hold_enter() left in the place of %rax. So one function does for any signature, and nothing stays on the stack.
 */
#include "hold.h"

unsigned long hold_resume[HOOKS];

#define STUB(i) asm( \
	".pushsection .text\n.globl hold_stub" #i "\n.type hold_stub" #i ",@function\nhold_stub" #i ":\n" \
	"endbr64\npush %rbp\nmov %rsp,%rbp\n" \
	"push %rdi\npush %rsi\npush %rdx\npush %rcx\npush %r8\npush %r9\npush %rax\npush %r10\npush %r11\n" \
	"mov %rsp,%rsi\nand $-16,%rsp\nsub $16,%rsp\nmov %rsi,(%rsp)\n" \
	"mov $" #i ",%edi\ncall hold_enter\nmov (%rsp),%rsp\ntest %rax,%rax\n" \
	"pop %r11\npop %r10\npop %rax\npop %r9\npop %r8\npop %rcx\npop %rdx\npop %rsi\npop %rdi\npop %rbp\n" \
	"jz 1f\nret\nint3\n1:\n" "jmp *hold_resume+8*" #i "(%rip)\n" \
	".size hold_stub" #i ",.-hold_stub" #i "\n.popsection\n"); \
	extern char hold_stub##i[];
#define EACH(F) F(0) F(1) F(2) F(3) F(4) F(5) F(6) F(7) F(8) F(9) F(10) F(11) F(12) F(13) F(14) F(15) \
	F(16) F(17) F(18) F(19) F(20) F(21) F(22) F(23) F(24) F(25) F(26) F(27) F(28) F(29) F(30) F(31) \
	F(32) F(33) F(34) F(35) F(36) F(37) F(38) F(39) F(40) F(41) F(42) F(43) F(44) F(45) F(46) F(47)

EACH(STUB)

/* Room for a copied instruction and a jump, per hook. */
asm(".pushsection .text\n.balign 32\n.globl hold_copies\nhold_copies:\n.fill 48*32,1,0xcc\n.popsection\n");

#define ADDRESS(i) hold_stub##i,
static char *const addresses[HOOKS] = { EACH(ADDRESS) };

unsigned long hold_stub(int index)
{
	return (unsigned long)addresses[index];
}
