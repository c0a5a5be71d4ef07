/** Broadcasts: something said once to everybody in an audience. */
package dev.carillon.broadcast;
