/** What a provider tells of its own accord. */
package dev.carillon.provider.callback;
