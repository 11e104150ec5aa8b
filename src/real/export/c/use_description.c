/* The open file description of thread n, opened when it first needs it; 0 is that of the setup. */
static void use_description(int n)
{
	static int own[32];	/* more than there are threads */

	if (own[0] == 0)
		own[0] = fd;
	if (own[n] == 0) {
		own[n] = open(path, O_RDWR | O_CLOEXEC);
		must(own[n] > 0, path);
		posix_fadvise(own[n], 0, 0, POSIX_FADV_RANDOM);
	}
	fd = own[n];
}
