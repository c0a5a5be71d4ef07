/** What a warm function remembers between calls, bounded in size or in time. */
package dev.carillon.storage.cache;
