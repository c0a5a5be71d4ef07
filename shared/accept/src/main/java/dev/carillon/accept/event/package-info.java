/** What an event of a source is made to do: its mappings, with what their paths lead to. */
package dev.carillon.accept.event;
