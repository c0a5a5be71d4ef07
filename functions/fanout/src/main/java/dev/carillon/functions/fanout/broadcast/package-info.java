/** How broadcasts reach the members of their audience. */
package dev.carillon.functions.fanout.broadcast;
