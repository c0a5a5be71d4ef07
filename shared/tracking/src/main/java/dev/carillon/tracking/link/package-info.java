/** Links that lead here first: their keys, their spelling, long and short. */
package dev.carillon.tracking.link;
