/** Environments, their keys, channels and variables. */
package dev.carillon.memory.environment;
