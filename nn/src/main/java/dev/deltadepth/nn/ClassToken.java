package dev.deltadepth.nn;

/**
 * A learned token that stands for the whole image (Dosovitskiy et al., An Image is Worth 16x16
 * Words, ICLR 2021), [1, 1, width].
 *
 * @param name of the array
 * @param width length of the token
 */
public record ClassToken(String name, int width) {}
