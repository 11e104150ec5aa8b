/* Nothing can be copied at the stop: the write looks its page up, drops a stale map, and stops there again. */
static void writer_retry(void)
{
	come_up_short(writer.at);
	printf("  %s stopped again at 0x%llx\n", name_of(writer.id), (long long)writer.piece[writer.at].from);
}
