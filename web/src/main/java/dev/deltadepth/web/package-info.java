/** The web app: a page and a worker, both this program compiled to JavaScript. */
@NullMarked
package dev.deltadepth.web;

import org.jspecify.annotations.NullMarked;
