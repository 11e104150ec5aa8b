/* To the end of the write. */
static void writer_finish(void)
{
	if (writer.readable > 0)
		supply(writer.at);
	if (next_event() != ENDED)
		die(NO_STOP, "%s stopped where it should not", name_of(writer.id));
}
