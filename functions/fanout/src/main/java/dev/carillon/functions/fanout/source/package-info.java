/** What the events of sources do. */
package dev.carillon.functions.fanout.source;
