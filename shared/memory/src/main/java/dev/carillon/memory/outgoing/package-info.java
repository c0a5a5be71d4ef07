/** What is told to the outside, and what comes back of it: webhooks, sockets, tracked links. */
package dev.carillon.memory.outgoing;
