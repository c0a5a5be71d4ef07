/**
 * What a team writes: workflows, layouts, partials, translations, message types, audiences. Saved,
 * it is a draft; committed, it serves; promoted, it serves in the next environment.
 */
package dev.carillon.content;
