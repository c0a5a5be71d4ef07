/**
 * Twins of the ports that keep everything in memory. They mean the same as the adapters for AWS:
 * both pass the same contract tests. All are safe to use from several threads.
 */
package dev.carillon.memory;
