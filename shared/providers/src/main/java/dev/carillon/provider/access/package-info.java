/** How a call proves who makes it. */
package dev.carillon.provider.access;
