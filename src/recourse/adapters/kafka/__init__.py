"""What does recourse tell other systems through Kafka, and what does it hear?"""
