/* While it is stopped. */
static void writer_kill(void)
{
	must(kill(writer_pid, SIGKILL) == 0, "kill");
	writer_gone(NULL);
}
