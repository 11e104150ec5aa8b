// SPDX-License-Identifier: GPL-2.0 OR MIT
/* The file's data on its way to the disk, kept back at submit_bio() until it is its turn, and the eviction of pages. */
#include <linux/blkdev.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/swap.h>
#include <linux/version.h>
#include "hold.h"

struct parked bios[BIOS];
int bio_count;
static struct bio *passing;

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 16, 0)
static pgoff_t index_of(struct page *head)
{
	return page_folio(head)->index;
}
#else
static pgoff_t index_of(struct page *head)
{
	return head->index;
}
#endif

static loff_t offset_of(struct bio *bio)
{
	struct bio_vec *first = bio_first_bvec_all(bio);
	struct page *head = compound_head(first->bv_page);

	return ((loff_t)index_of(head) << PAGE_SHIFT) + (first->bv_page - head) * PAGE_SIZE + first->bv_offset;
}

/* Whether it is kept back: data written to the file, while a plan is played. */
int park_bio(struct bio *bio)
{
	struct address_space *mapping;
	struct parked *entry;
	unsigned long flags;

	if (bio == READ_ONCE(passing) || !hold_inode || !bio_has_data(bio) || !op_is_write(bio_op(bio)) || !bio->bi_vcnt)
		return 0;
	mapping = READ_ONCE(compound_head(bio_first_page_all(bio))->mapping);
	if (mapping != hold_inode->i_mapping)
		return 0;
	spin_lock_irqsave(&hold_lock, flags);
	entry = bio_count < BIOS ? &bios[bio_count++] : NULL;
	spin_unlock_irqrestore(&hold_lock, flags);
	if (!entry)
		return 0;
	entry->from = offset_of(bio);
	entry->to = entry->from + bio->bi_iter.bi_size;
	entry->slot = -1;
	entry->state = PARKED;
	entry->bio = bio;
	hold_say("bio %d %lld %lld\n", (int)(entry - bios), entry->from, entry->to);
	return 1;
}

/* Lets a bio go to the disk, or fail. */
int bio_go(int index, int fail)
{
	void (*submit)(struct bio *bio) = (void *)hold_lookup("submit_bio");
	struct parked *entry = &bios[index];

	if (index < 0 || index >= bio_count || entry->state != PARKED)
		return -ENOENT;
	entry->state = fail ? FAILED : SUBMITTED;
	if (fail) {
		bio_io_error(entry->bio);
		return 0;
	}
	passing = entry->bio;
	submit(entry->bio);
	passing = NULL;
	return 0;
}

/* The bio whose completion a kworker at this file offset makes: the last one let go that holds it. */
int bio_slot(loff_t at)
{
	int i;

	for (i = bio_count - 1; i >= 0; i--)
		if (bios[i].state != PARKED && bios[i].from <= at && at < bios[i].to)
			return i;
	return -1;
}

/* Whether reclaim could take it: one that it has to leave keeps its mappings, too. */
static int is_clean(pgoff_t index)
{
	struct page *page = find_get_page(hold_inode->i_mapping, index);
	struct page *head = page ? compound_head(page) : NULL;
	int clean = page && !PageDirty(head) && !PageWriteback(head) && !PageLocked(head);

	if (page)
		put_page(page);
	return clean;
}

/* Drops the clean pages of [from, to), mapped or not, as reclaim does. */
int evict_range(loff_t from, loff_t to)
{
	void (*drain)(void) = (void *)hold_lookup("lru_add_drain_all");
	pgoff_t index, last = 0;

	if (!hold_inode)
		return -ENOENT;
	last = (i_size_read(hold_inode) >> PAGE_SHIFT) + 64;
	for (index = from >> PAGE_SHIFT; index <= (to - 1) >> PAGE_SHIFT && index < last; index++)
		if (is_clean(index))
			unmap_mapping_range(hold_inode->i_mapping, (loff_t)index << PAGE_SHIFT, PAGE_SIZE, 0);
	if (drain)
		drain();
	return invalidate_mapping_pages(hold_inode->i_mapping, from >> PAGE_SHIFT, (to - 1) >> PAGE_SHIFT);
}
