/*
 * embed.h - a file as read-only data of the library.
 *
 *   EMBED(names_model, "data/models/names.bin");
 *
 * defines names_model_data (64-byte aligned) and names_model_end.  The path is
 * relative to the compiler's -I path list (Makefile: -I.).  In position
 * independent code the bytes lie in .rodata: mapped once, shared by all backends.
 */
#ifndef NEWS_EMBED_H
#define NEWS_EMBED_H

#define EMBED(symbol, path) \
	__asm__(".pushsection .rodata\n" \
			".balign 64\n" \
			".hidden " #symbol "_data\n.globl " #symbol "_data\n" #symbol "_data:\n" \
			".incbin \"" path "\"\n" \
			".hidden " #symbol "_end\n.globl " #symbol "_end\n" #symbol "_end:\n" \
			".byte 0\n.balign 16\n" \
			".popsection\n"); \
	extern const unsigned char symbol##_data[] __attribute__((visibility("hidden"))); \
	extern const unsigned char symbol##_end[] __attribute__((visibility("hidden")))

#define EMBED_BYTES(symbol) ((size_t) (symbol##_end - symbol##_data))

#endif
