/** Discord. */
package dev.carillon.provider.discord;
