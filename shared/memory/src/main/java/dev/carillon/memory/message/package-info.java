/** Messages, the feeds they stand in, and addresses that get no more mail. */
package dev.carillon.memory.message;
