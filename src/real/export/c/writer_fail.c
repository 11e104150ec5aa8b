/* The source ends before the stop: the copy fails there. */
static void writer_fail(void)
{
	must(ftruncate(writer.memory, (off_t)writer.at * PAGE) == 0, "cut source");
	wake(writer.at);
	if (next_event() != ENDED)
		die(NO_STOP, "%s did not fail", name_of(writer.id));
}
